package io.evenstep.worker.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenstep.worker.cost.CodecSpeed;
import io.evenstep.worker.cost.ExchangeCost;
import io.evenstep.worker.cost.LinkSpeed;
import io.evenstep.worker.plan.Shares;
import io.evenstep.worker.plan.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Predicted milliseconds of exchanges. Reads a JSON object from standard input: {@code latency},
 * {@code frame} and {@code add} in seconds, {@code codecs} with {@code [round, encode, decode]} by
 * format, and {@code cases} with {@code hosts}, {@code ranks} of a host, {@code shards}, {@code
 * floats}, {@code gigabits}. Prints a list with the milliseconds of each format for each case.
 */
public final class CostTable {
  private CostTable() {}

  /** Reads and prints. */
  public static void main(String[] args) throws IOException {
    ObjectMapper json = new ObjectMapper();
    JsonNode asked = json.readTree(System.in);
    List<Map<String, Double>> answers = new ArrayList<>();
    for (JsonNode each : asked.get("cases")) {
      answers.add(predict(asked, each));
    }
    System.out.println("@" + json.writeValueAsString(answers));
  }

  private static Map<String, Double> predict(JsonNode speeds, JsonNode one) {
    Map<Wire, CodecSpeed> codecs = new EnumMap<>(Wire.class);
    for (Wire wire : Wire.values()) {
      JsonNode codec = speeds.get("codecs").get(name(wire));
      if (codec != null) {
        codecs.put(
            wire,
            new CodecSpeed(
                codec.get(0).asDouble(), codec.get(1).asDouble(), codec.get(2).asDouble()));
      }
    }
    LinkSpeed link =
        new LinkSpeed(
            speeds.get("latency").asDouble(),
            speeds.get("frame").asDouble(),
            one.get("gigabits").asDouble() * 1e9 / Byte.SIZE);
    ExchangeCost cost = new ExchangeCost(link, codecs, speeds.get("add").asDouble());
    int ranks = one.get("ranks").asInt();
    List<Integer> places =
        IntStream.rangeClosed(0, one.get("hosts").asInt())
            .map(host -> host * ranks)
            .boxed()
            .toList();
    Shares shares = new Shares(one.get("shards").asInt(), places, one.get("floats").asLong());
    Map<String, Double> millis = new LinkedHashMap<>();
    for (Wire wire : Wire.values()) {
      millis.put(name(wire), cost.seconds(wire, shares) * 1e3);
    }
    return millis;
  }

  private static String name(Wire wire) {
    return wire.name().toLowerCase(Locale.ROOT);
  }
}
