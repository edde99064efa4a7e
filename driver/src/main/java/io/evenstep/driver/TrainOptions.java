package io.evenstep.driver;

/**
 * What is asked of one training run, beyond its job.
 *
 * @param runId name of the run's folder: letters, digits, dots, dashes and underscores
 * @param resume what to do with checkpoints that are there
 */
public record TrainOptions(String runId, Resume resume) {}
