package io.evenstep.driver.config.key;

import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.Origin;
import io.evenstep.driver.config.value.Problems;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The value of every key of a job that has one, and where it came from. */
public final class Settings {
  private final Map<String, Setting> byName;

  public Settings(Map<String, Setting> byName) {
    this.byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  /**
   * One value.
   *
   * @param value of the type of its key
   */
  public record Setting(Object value, Origin origin) {}

  /** The value; empty when it is not set, or was wrong. */
  public <T> Optional<T> find(Key<T> key) {
    return setting(key).map(setting -> typed(setting.value()));
  }

  /** The value of a key that has a default or must be given. */
  public <T> T of(Key<T> key) {
    return find(key).orElseThrow(() -> new IllegalStateException("Missing " + key.name()));
  }

  /** Whether a value differs from the default, or stands where there is none. */
  public boolean isChanged(Key<?> key) {
    Optional<?> value = setting(key).map(Setting::value);
    return value.isPresent() && !value.equals(key.standard());
  }

  /** Whether an override set the value. */
  public boolean isOverridden(Key<?> key) {
    return setting(key)
        .map(setting -> setting.origin().kind())
        .filter(kind -> kind == Origin.Kind.SET || kind == Origin.Kind.SPARK)
        .isPresent();
  }

  /** Reports a key that has no say in this job, unless it stands at its default. */
  public void refuse(Key<?> key, String rule, Problems problems) {
    if (isChanged(key)) {
      problems.add(key.name(), rule, Printable.text(setting(key).orElseThrow().value()));
    }
  }

  public Optional<Setting> setting(Key<?> key) {
    return Optional.ofNullable(byName.get(key.name()));
  }

  /** The same, with one value replaced; its origin stays. */
  public <T> Settings with(Key<T> key, T value) {
    Map<String, Setting> changed = new LinkedHashMap<>(byName);
    changed.computeIfPresent(key.name(), (name, old) -> new Setting(value, old.origin()));
    return new Settings(changed);
  }

  @SuppressWarnings("unchecked") // what is stored under a key was read by that key
  private static <T> T typed(Object value) {
    return (T) value;
  }
}
