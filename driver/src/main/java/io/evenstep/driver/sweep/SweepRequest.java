package io.evenstep.driver.sweep;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.control.StopRequest;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a sweep is to try.
 *
 * @param id name of its folder, in which each trial has one
 * @param space what is varied
 * @param trials how many, at least 1
 * @param keepOneOf one of so many trials goes on after each round; 1 to train all to the end
 * @param metric of the validation rows that trials are judged by; empty for the job's own
 * @param sideBySide trials that train at the same time; empty for as many as there are slots
 * @param jobs the job under settings by key, which win over all others
 * @param stop asks it to end early
 */
public record SweepRequest(
    String id,
    SearchSpace space,
    int trials,
    int keepOneOf,
    Optional<String> metric,
    Optional<Integer> sideBySide,
    Function<Map<String, String>, JobConfig> jobs,
    StopRequest stop) {}
