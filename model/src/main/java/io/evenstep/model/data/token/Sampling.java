package io.evenstep.model.data.token;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How a token is chosen by the probabilities that a language model gives. Token 0, the unknown one,
 * is never chosen.
 *
 * @param temperature probabilities are raised to the power of 1 / temperature; 0 takes the most
 *     probable token
 * @param topK only the most probable tokens, as many as this; 0 for all
 * @param topP only the most probable tokens whose probabilities add up to this share; 1 for all
 *     (Holtzman and others, 2020, "The Curious Case of Neural Text Degeneration")
 */
public record Sampling(double temperature, int topK, double topP) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming the one that is out of range
   */
  public Sampling {
    if (!(temperature >= 0) || topK < 0 || !(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException(
          "Invalid sampling: temperature and top k must be at least 0, top p above 0 and at most 1,"
              + " got "
              + List.of(temperature, topK, topP));
    }
  }

  /**
   * Chooses a token. Of equally probable tokens, the first comes first.
   *
   * @param probabilities of the tokens, at least 2
   */
  public int choose(double[] probabilities, SplittableRandom random) {
    List<Integer> likely =
        IntStream.range(1, probabilities.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> probabilities[i]).reversed())
            .toList();
    if (temperature == 0) {
      return likely.get(0);
    }
    List<Integer> kept =
        likely.subList(0, topK == 0 ? likely.size() : Math.min(topK, likely.size()));
    double[] weights = weights(kept, probabilities);
    double left = random.nextDouble() * nucleus(weights);
    for (int i = 0; i < weights.length; i++) {
      left -= weights[i];
      if (left < 0) {
        return kept.get(i);
      }
    }
    return kept.get(0);
  }

  /** Relative to the most probable token, so that none overflows. */
  private double[] weights(List<Integer> tokens, double[] probabilities) {
    double most = Math.max(probabilities[tokens.get(0)], Double.MIN_NORMAL);
    return tokens.stream()
        .mapToDouble(token -> StrictMath.pow(probabilities[token] / most, 1 / temperature))
        .toArray();
  }

  /** The sum of the first weights that reach {@code topP} of all; the others become 0. */
  private double nucleus(double[] weights) {
    double all = 0;
    for (double weight : weights) {
      all += weight;
    }
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      if (topP < 1 && sum >= topP * all) {
        weights[i] = 0;
      }
      sum += weights[i];
    }
    return sum;
  }
}
