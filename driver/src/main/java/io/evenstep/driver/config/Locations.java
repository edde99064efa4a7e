package io.evenstep.driver.config;

import io.evenstep.driver.config.key.DataKeys;
import io.evenstep.driver.config.key.ModelKeys;
import io.evenstep.driver.config.key.Settings;
import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.Origin;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes relative paths whole: those of the job file begin from its folder, those of the command
 * line from the working directory. A path with a scheme, or an absolute one, stays as it is.
 */
final class Locations {
  private static final List<Key<List<String>>> DATA =
      List.of(
          DataKeys.PATH,
          DataKeys.LABELS,
          DataKeys.VALIDATION.path(),
          DataKeys.VALIDATION.labels(),
          DataKeys.TEST.path(),
          DataKeys.TEST.labels());

  private static final List<Key<String>> MODELS =
      List.of(ModelKeys.JSON, ModelKeys.ZIP, ModelKeys.KERAS);

  private final String jobFolder;
  private final String workingFolder;

  /**
   * Two places to begin from.
   *
   * @param jobFolder where the job file lies: an absolute path, or a URI
   * @param workingFolder an absolute path
   */
  Locations(String jobFolder, Path workingFolder) {
    this.jobFolder = jobFolder;
    this.workingFolder = workingFolder.toString();
  }

  Settings resolve(Settings settings) {
    Settings resolved = resolveOne(settings, DataKeys.FOLDER);
    for (Key<String> key : MODELS) {
      resolved = resolveOne(resolved, key);
    }
    for (Key<List<String>> key : DATA) {
      resolved = resolveAll(resolved, key);
    }
    return resolved;
  }

  private Settings resolveOne(Settings settings, Key<String> key) {
    return settings
        .setting(key)
        .map(setting -> settings.with(key, from(base(setting), settings.of(key))))
        .orElse(settings);
  }

  private Settings resolveAll(Settings settings, Key<List<String>> key) {
    return settings
        .setting(key)
        .map(
            setting -> {
              String base = settings.find(DataKeys.FOLDER).orElse(base(setting));
              return settings.with(
                  key, settings.of(key).stream().map(path -> from(base, path)).toList());
            })
        .orElse(settings);
  }

  private String base(Settings.Setting setting) {
    return setting.origin().kind() == Origin.Kind.FILE ? jobFolder : workingFolder;
  }

  /** A local result begins with {@code file:}, or a cluster would look for it in its own files. */
  private static String from(String base, String path) {
    if (path.startsWith("/") || hasScheme(path)) {
      return path;
    }
    if (hasScheme(base) && !base.startsWith("file:")) {
      return base + "/" + path;
    }
    return "file:" + Path.of(base.replaceFirst("^file:/*", "/")).resolve(path).normalize();
  }

  private static boolean hasScheme(String path) {
    return path.matches("[A-Za-z][A-Za-z0-9+.-]*:.*");
  }
}
