package io.evenstep.driver.config;

import io.evenstep.driver.config.key.JobKeys;
import io.evenstep.driver.config.key.Settings;
import java.util.Map;
import java.util.Optional;

/**
 * Where MLflow tracks a run.
 *
 * @param uri of the server
 * @param experiment created if it does not exist
 * @param parent name of the run that this one is nested in; it is created if it does not exist
 */
public record MlflowConfig(String uri, String experiment, Optional<String> parent) {
  /** From the settings, else from the environment; empty if the first of them names no server. */
  static Optional<MlflowConfig> of(Settings settings, String job, Map<String, String> environment) {
    return settings
        .find(JobKeys.MLFLOW_URI)
        .or(() -> Optional.ofNullable(environment.get("MLFLOW_TRACKING_URI")))
        .filter(uri -> uri.startsWith("http"))
        .map(
            uri ->
                new MlflowConfig(
                    uri,
                    settings
                        .find(JobKeys.MLFLOW_EXPERIMENT)
                        .or(() -> Optional.ofNullable(environment.get("MLFLOW_EXPERIMENT_NAME")))
                        .orElse(job),
                    settings.find(JobKeys.MLFLOW_PARENT)));
  }
}
