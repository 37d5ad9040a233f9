// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// The charts of a study. Its sentences and tables are in the HTML already.
import {controls, select} from "./selectors";
import {connectCases} from "./study-cases";
import {Choice, showControls} from "./study-choice";
import {drawCurves} from "./study-curves";
import {Study, type AnswerData, type StudyData} from "./study-data";
import {drawEffects, drawIndices, drawInteractions} from "./study-effects";
import {drawnAnew, type ShowCase} from "./study-figure";
import {drawFronts} from "./study-front";
import {drawMaps} from "./study-maps";
import {makePanel} from "./study-panel";
import {drawScatter} from "./study-scatter";

export type {StudyData} from "./study-data";

/** Draws into the elements of the study part that wait for a chart, and connects the table of cases. */
export function showStudy(data: StudyData, element: HTMLElement): void {
  const study = new Study(data);
  const showCase = makePanel(study, element);
  const place: FindPlace = (name) => element.querySelector(`[data-draw="${name}"]`);
  const choice = study.columns.length && study.inputs.length ? new Choice(study) : null;
  const bar = place("response-controls");
  if (choice && bar) {
    showControls(study, choice, bar);
    drawResponse(study, choice, showCase, place);
  }
  const trade = place("fronts");
  if (trade) drawnAnew(trade, (width) => drawFronts(study, study.fronts, showCase, width));
  showEffects(study, choice, place);
  const cases = element.querySelector<HTMLElement>("#study-cases");
  if (cases) connectCases(study, cases, showCase);
}

type FindPlace = (name: string) => HTMLElement | null;

function drawResponse(study: Study, choice: Choice, showCase: ShowCase, place: FindPlace): void {
  for (const [name, draw] of [["curves", drawCurves], ["maps", drawMaps], ["scatter", drawScatter]] as const) {
    const element = place(name);
    if (element) choice.onChange(drawnAnew(element, (width) => draw(study, choice, showCase, width)));
  }
}

/** The answer that is chosen for the response is also that of the effects, and the other way round. */
function showEffects(study: Study, choice: Choice | null, place: FindPlace): void {
  const element = place("effect-controls");
  let answer: AnswerData | undefined = study.answers[0];
  if (!element || !answer) return;
  const redraws: (() => void)[] = [];
  const names = study.answers.map((entry) => entry.name);
  const {box, control} = select("Answer", names, 0, (index) => {
    answer = study.answers[index];
    const column = study.columns.find((entry) => answer && study.answerOf(entry) === answer);
    if (choice && column) choice.column = column;
    choice?.tell();
    for (const redraw of redraws) redraw();
  });
  control.dataset["role"] = "answer";
  element.replaceChildren(controls(box));
  for (const [name, draw] of [["indices", (width: number) => drawIndices(study, answer!, width)],
                              ["effects", (width: number) => drawEffects(study, answer!, width)],
                              ["interactions", (width: number) => drawInteractions(answer!, width)]] as const) {
    const host = place(name);
    if (host) redraws.push(drawnAnew(host, draw));
  }
  choice?.onChange(() => {
    const chosen = study.answerOf(choice.column);
    if (!chosen || chosen === answer) return;
    answer = chosen;
    control.selectedIndex = study.answers.indexOf(chosen);
    for (const redraw of redraws) redraw();
  });
}
