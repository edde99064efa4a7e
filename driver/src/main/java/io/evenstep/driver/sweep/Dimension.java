package io.evenstep.driver.sweep;

import io.evenstep.driver.config.value.Node;
import io.evenstep.driver.config.value.Problems;
import io.evenstep.driver.config.value.YamlReader;
import io.evenstep.model.ConfigException;
import io.evenstep.model.SplitMix64;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key of the job file and the values to try for it.
 *
 * @param key of the job file
 * @param values the values to draw from
 */
record Dimension(String key, Values values) {
  private static final Pattern RANGE =
      Pattern.compile("(log|linear|int|logint):([^.]+(?:\\.\\d[^.]*)?)\\.\\.(.+)");
  private static final MathContext DIGITS = new MathContext(4);
  private static final String RULE =
      "must be log:A..B, linear:A..B, int:A..B or logint:A..B with A below B, above 0 for log and"
          + " logint, or a list such as [16, 32, 64]";

  /** The values to try for a key. */
  sealed interface Values {
    /** Draws a value, as text for {@code --set}. */
    String drawn(SplitMix64 random);
  }

  /** A list of equally likely values. */
  record Choice(List<String> texts) implements Values {
    Choice {
      texts = List.copyOf(texts);
    }

    @Override
    public String drawn(SplitMix64 random) {
      return texts.get(random.below(texts.size()));
    }
  }

  /**
   * A range of numbers; both bounds are included.
   *
   * @param from the smallest
   * @param to the largest
   * @param byFactor whether to draw uniformly on a logarithmic scale instead of a linear one
   * @param whole whether they are whole numbers
   */
  record Between(double from, double to, boolean byFactor, boolean whole) implements Values {
    @Override
    public String drawn(SplitMix64 random) {
      double low = whole ? from - 0.5 : from;
      double high = whole ? to + 0.5 : to;
      double part = random.uniform();
      double number =
          byFactor
              ? low * StrictMath.exp(part * StrictMath.log(high / low))
              : low + part * (high - low);
      double kept = Math.min(to, Math.max(from, whole ? Math.rint(number) : number));
      return whole
          ? Long.toString((long) kept)
          : new BigDecimal(kept).round(DIGITS).stripTrailingZeros().toString();
    }
  }

  /**
   * Parses a dimension from the command line.
   *
   * @param text such as {@code log:1e-4..1e-1} or {@code [relu, tanh]}
   * @throws ConfigException when it is neither
   */
  static Dimension parse(String key, String text) {
    Matcher range = RANGE.matcher(text.strip());
    if (range.matches()) {
      return new Dimension(key, between(key, text, range));
    }
    Problems problems = new Problems();
    Node node = YamlReader.read(text, "--over " + key, problems);
    problems.throwIfAny();
    if (!(node instanceof Node.Sequence list) || list.items().isEmpty()) {
      throw wrong(key, text);
    }
    return new Dimension(key, new Choice(list.items().stream().map(Node::text).toList()));
  }

  private static Between between(String key, String text, Matcher range) {
    boolean byFactor = range.group(1).startsWith("log");
    boolean whole = range.group(1).endsWith("int");
    try {
      double from = Double.parseDouble(range.group(2));
      double to = Double.parseDouble(range.group(3));
      boolean ordered = from < to && Double.isFinite(to - from) && (!byFactor || from > 0);
      if (ordered && (!whole || (from == Math.rint(from) && to == Math.rint(to)))) {
        return new Between(from, to, byFactor, whole);
      }
    } catch (NumberFormatException e) {
      throw wrong(key, text);
    }
    throw wrong(key, text);
  }

  private static ConfigException wrong(String key, String text) {
    return new ConfigException("--over " + key, RULE, text);
  }
}
