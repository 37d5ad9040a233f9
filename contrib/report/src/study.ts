// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// The charts of a study. Its title, sentences and tables are in the HTML already.

/** What report/study_part.py writes. */
export interface StudyData {
  title: string;
}

/** Draws into the elements of the study part that wait for a chart. */
export function showStudy(study: StudyData, element: HTMLElement): void {
  element.dataset["shown"] = study.title;
}
