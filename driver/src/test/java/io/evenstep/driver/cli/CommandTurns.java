package io.evenstep.driver.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenstep.driver.control.StopRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/**
 * Runs Evenstep's commands one after the other in one warm process, for {@code src/bench/compare}:
 * each line of the input is a command's arguments as a JSON list. Each answer is a line with
 * {@code @} and a JSON map of {@code code} and {@code out}.
 */
public final class CommandTurns {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CommandTurns() {}

  /** Runs commands until the input ends. */
  public static void main(String... unused) throws IOException {
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    PrintWriter answers = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    answers.println("@{}");
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      StringWriter out = new StringWriter();
      int code =
          Main.run(
              JobWiring.jobs(),
              Clock.systemUTC(),
              new StopRequest(),
              new PrintWriter(out),
              err,
              JSON.readValue(line, String[].class));
      answers.println("@" + JSON.writeValueAsString(Map.of("code", code, "out", out.toString())));
    }
  }
}
