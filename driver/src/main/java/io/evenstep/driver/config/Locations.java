package io.evenstep.driver.config;

import io.evenstep.driver.config.key.DataKeys;
import io.evenstep.driver.config.key.ModelKeys;
import io.evenstep.driver.config.key.Settings;
import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.Origin;
import java.nio.file.Path;
import java.util.List;

/**
 * Resolves relative paths. Those of the job file are relative to its folder, those of the command
 * line to the working directory. Absolute paths and paths with a scheme are unchanged.
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
   * The two base folders.
   *
   * @param jobFolder folder of the job file: an absolute path or a URI
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

  /**
   * A local result starts with {@code file:}; otherwise a cluster would look for it in its default
   * file system.
   */
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
