package io.evenstep.driver.config.key;

import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.Origin;
import io.evenstep.driver.config.value.Problems;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The value and origin of every key that is set or has a default. */
public final class Settings {
  private final Map<String, Setting> byName;

  public Settings(Map<String, Setting> byName) {
    this.byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  /**
   * One value.
   *
   * @param value of the key's type
   */
  public record Setting(Object value, Origin origin) {}

  /** The value; empty when it is not set or was invalid. */
  public <T> Optional<T> find(Key<T> key) {
    return setting(key).map(setting -> typed(setting.value()));
  }

  /** The value of a key that has a default or is required. */
  public <T> T of(Key<T> key) {
    return find(key).orElseThrow(() -> new IllegalStateException("Missing " + key.name()));
  }

  /** Whether a value is set that differs from the default. */
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

  /** Reports a key that does not apply to this job, unless it has its default. */
  public void refuse(Key<?> key, String rule, Problems problems) {
    if (isChanged(key)) {
      problems.add(key.name(), rule, Printable.text(setting(key).orElseThrow().value()));
    }
  }

  public Optional<Setting> setting(Key<?> key) {
    return Optional.ofNullable(byName.get(key.name()));
  }

  /** A copy with one value replaced; its origin stays the same. */
  public <T> Settings with(Key<T> key, T value) {
    Map<String, Setting> changed = new LinkedHashMap<>(byName);
    changed.computeIfPresent(key.name(), (name, old) -> new Setting(value, old.origin()));
    return new Settings(changed);
  }

  /** A copy with one value set, as if on the command line, for one of several folds. */
  public <T> Settings set(Key<T> key, T value) {
    Map<String, Setting> changed = new LinkedHashMap<>(byName);
    changed.put(key.name(), new Setting(value, new Origin(Origin.Kind.SET, "training.folds")));
    return new Settings(changed);
  }

  @SuppressWarnings("unchecked") // values are stored under the key that read them
  private static <T> T typed(Object value) {
    return (T) value;
  }
}
