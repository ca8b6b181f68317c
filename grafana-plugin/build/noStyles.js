/** Style sheets that packages import say nothing to a test. */
module.exports = {};
