package io.evenstep.model.catalog.layer;

import io.evenstep.model.Problem;
import io.evenstep.model.catalog.Arguments;
import io.evenstep.model.catalog.Catalogue;
import io.evenstep.model.catalog.Entry;
import io.evenstep.model.catalog.Parameter;
import io.evenstep.model.catalog.Rule;
import io.evenstep.model.layer.BoltzmannMachine;
import io.evenstep.model.layer.HopfieldNet;
import io.evenstep.model.layer.KohonenMap;
import io.evenstep.model.layer.LocalLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Networks of one layer that learns by a rule of its own, and has no loss but to measure it. */
public final class LocalModels {
  /** Of a map: each row of a shard needs a number for each. */
  private static final int MOST_UNITS = 4096;

  private static final Catalogue<Function<Arguments, LocalLayer>> ALL =
      new Catalogue<Function<Arguments, LocalLayer>>()
          .add(
              Entry.of(
                  "kohonen",
                  "a self-organizing map, Kohonen 1982, by the batch rule",
                  Parameter.of("grid", Rule.SIZE, List.of(8, 8), "units of the map, at most 4096"),
                  Parameter.of("radius", Rule.ABOVE_ZERO, 3.0, "of the neighbourhood at first"),
                  Parameter.of("lastRadius", Rule.ABOVE_ZERO, 0.5, "what the radius shrinks to"),
                  Parameter.of(
                      "radiusDecay",
                      Rule.INSIDE_UNIT,
                      0.98,
                      "what is left of the radius after a step")),
              LocalModels::kohonen)
          .add(
              Entry.of(
                  "rbm",
                  "a restricted Boltzmann machine, by contrastive divergence, Hinton 2002; or several",
                  Parameter.of(
                      "hidden",
                      Rule.COUNTS,
                      List.of(128),
                      "hidden units; if several, of machines one on another")),
              a -> new BoltzmannMachine(a.sizes("hidden")))
          .add(
              Entry.of(
                  "hopfield",
                  "a memory of patterns of -1 and 1, Hopfield 1982",
                  Parameter.of("sweeps", Rule.COUNT, 20, "most turns of each unit in a recall")),
              a -> new HopfieldNet(a.whole("sweeps")));

  private LocalModels() {}

  private static KohonenMap kohonen(Arguments a) {
    int[] grid = a.sizes("grid");
    return new KohonenMap(
        grid[0], grid[1], a.number("radius"), a.number("lastRadius"), a.number("radiusDecay"));
  }

  /** Adds their names and parameters to those of all networks; no layer of a list is theirs. */
  static void addTo(Catalogue<Function<Arguments, List<Map<String, Object>>>> all) {
    ALL.entries().forEach(entry -> all.add(entry, a -> List.of()));
  }

  /** Whether a network of this name is one of them. */
  public static boolean has(String name) {
    return ALL.has(name);
  }

  /** Whether the parameters of a network of this name are {@link LocalLayer#keepsMeans means}. */
  public static boolean keepsMeans(String name) {
    return layer(name, Map.of()).filter(LocalLayer::keepsMeans).isPresent();
  }

  /**
   * The layer of a named network; empty when the name is of another kind of network.
   *
   * @param parameters must have passed {@link Models#check}
   */
  public static Optional<LocalLayer> layer(String name, Map<String, ?> parameters) {
    return ALL.has(name)
        ? Optional.of(
            ALL.maker(name)
                .apply(Arguments.read(ALL.entry(name), parameters, "model", new ArrayList<>())))
        : Optional.empty();
  }

  /** What is wrong with the values of a network together; each must have kept its rule. */
  static List<Problem> check(String key, String name, Arguments a) {
    return name.equals("kohonen") ? checkMap(key, a) : List.of();
  }

  private static List<Problem> checkMap(String key, Arguments a) {
    List<Problem> problems = new ArrayList<>();
    int[] grid = a.sizes("grid");
    if (grid[0] * grid[1] > MOST_UNITS) {
      String rule = "must have at most " + MOST_UNITS + " units in all";
      problems.add(new Problem(key + ".grid", rule, Arrays.toString(grid)));
    }
    if (a.number("lastRadius") > a.number("radius")) {
      String rule = "must be at most radius, " + a.number("radius");
      String last = Double.toString(a.number("lastRadius"));
      problems.add(new Problem(key + ".lastRadius", rule, last));
    }
    return problems;
  }
}
