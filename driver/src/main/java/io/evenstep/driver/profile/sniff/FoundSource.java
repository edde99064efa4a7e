package io.evenstep.driver.profile.sniff;

import io.evenstep.driver.data.spec.SourceSpec;
import java.util.List;

/**
 * The detected format of a table.
 *
 * @param spec for a job
 * @param facts the findings, most important first
 */
public record FoundSource(SourceSpec spec, List<Fact> facts) {
  /** Copies the list. */
  public FoundSource {
    facts = List.copyOf(facts);
  }

  /**
   * One finding.
   *
   * @param name such as separator
   * @param value its text
   * @param why its reason; empty if certain
   */
  public record Fact(String name, String value, String why) {}

  /** The reason of a finding; empty if there is none. */
  public String why(String name) {
    return facts.stream()
        .filter(fact -> fact.name().equals(name))
        .map(Fact::why)
        .findFirst()
        .orElse("");
  }
}
