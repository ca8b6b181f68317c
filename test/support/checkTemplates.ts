import { templateProblem } from '../../collector-processor/src/cli/grafanaFiles/templateProblem';

/** What is wrong with the blocks of Go templates, by file. */
export const checkTemplates = (templates: ReadonlyMap<string, string>): readonly string[] =>
  [...templates].flatMap(([name, text]) => {
    const problem = templateProblem(text);
    return problem === undefined ? [] : [`${name}: ${problem}`];
  });
