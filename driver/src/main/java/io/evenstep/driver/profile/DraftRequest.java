package io.evenstep.driver.profile;

import io.evenstep.driver.data.spec.DataSpec.Task;
import java.util.List;
import java.util.Optional;

/**
 * A request for a draft.
 *
 * @param name of the job
 * @param paths files, folders or globs
 * @param shownPaths the same, relative to the job file's folder
 * @param label column to predict
 * @param task whether it is a class or a number; empty to guess
 */
public record DraftRequest(
    String name, List<String> paths, List<String> shownPaths, String label, Optional<Task> task) {
  /** Copies the lists. */
  public DraftRequest {
    paths = List.copyOf(paths);
    shownPaths = List.copyOf(shownPaths);
  }
}
