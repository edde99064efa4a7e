package io.evenstep.driver.profile.sniff;

import io.evenstep.driver.data.spec.SourceSpec;
import java.util.List;

/**
 * How a table is read.
 *
 * @param spec as a job would say it
 * @param facts what was found, in the order in which a person asks
 */
public record FoundSource(SourceSpec spec, List<Fact> facts) {
  /** Copies the list. */
  public FoundSource {
    facts = List.copyOf(facts);
  }

  /**
   * One thing that was found.
   *
   * @param name such as separator
   * @param value in words
   * @param why it is taken to be so; empty where there is no doubt
   */
  public record Fact(String name, String value, String why) {}

  /** Why a thing is taken to be so; empty when nothing is known of it. */
  public String why(String name) {
    return facts.stream()
        .filter(fact -> fact.name().equals(name))
        .map(Fact::why)
        .findFirst()
        .orElse("");
  }
}
