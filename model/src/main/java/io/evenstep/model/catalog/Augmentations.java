package io.evenstep.model.catalog;

import io.evenstep.model.Problem;
import io.evenstep.model.augment.Augmentation;
import io.evenstep.model.augment.Brightness;
import io.evenstep.model.augment.Contrast;
import io.evenstep.model.augment.Cutmix;
import io.evenstep.model.augment.Cutout;
import io.evenstep.model.augment.Flip;
import io.evenstep.model.augment.Mixup;
import io.evenstep.model.augment.Noise;
import io.evenstep.model.augment.Rotate;
import io.evenstep.model.augment.Shear;
import io.evenstep.model.augment.Shift;
import io.evenstep.model.augment.Zoom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Augmentations of training rows, by name. */
public final class Augmentations {
  private static final Parameter ALWAYS = probability(1.0);

  private static final Catalogue<Function<Arguments, Augmentation>> ALL = all();

  private Augmentations() {}

  private static Parameter probability(double standard) {
    return Parameter.of(
        "probability", Rule.PROBABILITY, standard, "share of the rows that are changed");
  }

  private static Parameter alpha(double standard) {
    return Parameter.of(
        "alpha", Rule.ABOVE_ZERO, standard, "the weight is drawn from Beta(alpha, alpha)");
  }

  private static Parameter by(Rule rule, double standard, String meaning) {
    return Parameter.of("by", rule, standard, meaning);
  }

  private static Catalogue<Function<Arguments, Augmentation>> all() {
    Catalogue<Function<Arguments, Augmentation>> all = new Catalogue<>();
    addWarps(all);
    addChangesOfImages(all);
    addChangesOfRows(all);
    return all;
  }

  private static void addWarps(Catalogue<Function<Arguments, Augmentation>> all) {
    Parameter axis =
        Parameter.choice(
            "axis", List.of("horizontal", "vertical"), "horizontal", "which sides change places");
    all.add(
            Entry.of("flip", "images: mirrors", axis, probability(0.5)),
            a -> new Flip(axis(a.text("axis")), p(a)))
        .add(
            Entry.of(
                "shift",
                "images: moves by whole pixels; a random crop after padding",
                Parameter.required("pixels", Rule.COUNT, "the farthest, each way"),
                ALWAYS),
            a -> new Shift(a.whole("pixels"), p(a)))
        .add(
            Entry.of(
                "rotate",
                "images: turns about the centre",
                Parameter.of("degrees", Rule.AT_LEAST_ZERO, 10.0, "the farthest, each way"),
                ALWAYS),
            a -> new Rotate(a.number("degrees"), p(a)))
        .add(
            Entry.of(
                "zoom",
                "images: enlarges or shrinks",
                by(Rule.FRACTION, 0.1, "the factor is from 1 - by to 1 + by"),
                ALWAYS),
            a -> new Zoom(a.number("by"), p(a)))
        .add(
            Entry.of(
                "shear",
                "images: slants to the side",
                by(Rule.AT_LEAST_ZERO, 0.1, "pixels to the side for each from the centre, at most"),
                ALWAYS),
            a -> new Shear(a.number("by"), p(a)));
  }

  private static void addChangesOfImages(Catalogue<Function<Arguments, Augmentation>> all) {
    Parameter by = by(Rule.FRACTION, 0.2, "the factor is from 1 - by to 1 + by");
    all.add(
            Entry.of("brightness", "images: pixels nearer to or farther from black", by, ALWAYS),
            a -> new Brightness(a.number("by"), p(a)))
        .add(
            Entry.of(
                "contrast",
                "images: pixels nearer to or farther from the channel's mean",
                by,
                ALWAYS),
            a -> new Contrast(a.number("by"), p(a)))
        .add(
            Entry.of(
                "cutout",
                "images: blanks a square, DeVries and Taylor 2017",
                Parameter.required("pixels", Rule.COUNT, "side of the square"),
                ALWAYS),
            a -> new Cutout(a.whole("pixels"), p(a)))
        .add(
            Entry.of(
                "cutmix",
                "images: pastes a part of another image, and mixes the labels by area, Yun and"
                    + " others 2019",
                alpha(1.0),
                ALWAYS),
            a -> new Cutmix(a.number("alpha"), p(a)));
  }

  private static void addChangesOfRows(Catalogue<Function<Arguments, Augmentation>> all) {
    all.add(
            Entry.of(
                "noise",
                "any rows: adds a normal number to each number, not to categories",
                Parameter.required(
                    "deviation", Rule.AT_LEAST_ZERO, "of the noise, in normalised units"),
                ALWAYS),
            a -> new Noise(a.number("deviation"), p(a)))
        .add(
            Entry.of(
                "mixup",
                "any rows: the weighted mean of two rows and of their labels, Zhang and others"
                    + " 2018",
                alpha(0.2),
                ALWAYS),
            a -> new Mixup(a.number("alpha"), p(a)));
  }

  private static double p(Arguments arguments) {
    return arguments.number("probability");
  }

  private static Flip.Axis axis(String name) {
    return Flip.Axis.valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** All names. */
  public static List<String> names() {
    return ALL.names();
  }

  /** All of them, for the reference page. */
  public static List<Entry> entries() {
    return ALL.entries();
  }

  /**
   * What is wrong with an augmentation.
   *
   * @param key where the job file says it, such as {@code data.augment[1]}
   * @return empty when nothing is
   */
  public static List<Problem> check(String key, String name, Map<String, ?> parameters) {
    List<Problem> problems = new ArrayList<>();
    ALL.check(key, name).ifPresent(problems::add);
    if (ALL.has(name)) {
      Arguments.read(ALL.entry(name), parameters, key + "." + name, problems);
    }
    return List.copyOf(problems);
  }

  /** The augmentation of a name; it must have passed {@link #check}. */
  public static Augmentation create(String name, Map<String, ?> parameters) {
    return ALL.maker(name)
        .apply(Arguments.read(ALL.entry(name), parameters, "data.augment", new ArrayList<>()));
  }
}
