package io.evenstep.worker.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the outcomes of many cases. */
final class FaultSummary {
  private final Map<Integer, Integer> casesByAttempts = new TreeMap<>();
  private final Map<FrameFault.Kind, Integer> strikes = new TreeMap<>();
  private final Map<String, Integer> errors = new TreeMap<>();
  private final List<AssertionError> failures = new ArrayList<>();
  private int cases;

  synchronized void add(FaultCase.Outcome outcome) {
    cases++;
    casesByAttempts.merge(outcome.attempts(), 1, Integer::sum);
    outcome.struck().forEach(fault -> strikes.merge(fault.kind(), 1, Integer::sum));
    outcome.losses().forEach(loss -> errors.merge(reason(loss.getMessage()), 1, Integer::sum));
  }

  synchronized void add(AssertionError failure) {
    cases++;
    failures.add(failure);
  }

  synchronized int cases() {
    return cases;
  }

  /** The cases that failed. */
  synchronized List<AssertionError> failures() {
    return List.copyOf(failures);
  }

  /** How often each kind of fault has happened. */
  synchronized Map<FrameFault.Kind, Integer> strikes() {
    return new TreeMap<>(strikes);
  }

  private static String reason(String message) {
    return message
        .replaceFirst("^Rank \\d+ at step \\d+: lost peer \\d+: ", "")
        .replaceAll("(expected|got|checksum of) FrameHeader\\[type=(\\w+)[^]]*]", "$1 $2")
        .replaceAll("\\d+", "N");
  }

  @Override
  public synchronized String toString() {
    StringBuilder text = new StringBuilder();
    text.append(cases).append(" cases, ").append(failures.size()).append(" failed\n");
    casesByAttempts.forEach(
        (attempts, count) ->
            text.append(
                String.format("  %5d ended in the right bits in attempt %d%n", count, attempts)));
    strikes.forEach((kind, count) -> text.append(String.format("  %5d x %s%n", count, kind)));
    errors.forEach((error, count) -> text.append(String.format("  %5d x \"%s\"%n", count, error)));
    return text.toString();
  }
}
