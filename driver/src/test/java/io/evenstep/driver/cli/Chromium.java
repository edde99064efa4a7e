package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenstep.driver.cluster.LoggedProcess;
import java.io.File;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The machine's headless Chromium, which opens a page and reports what was drawn. */
public final class Chromium {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** Reports what the page's scripts have recorded, and how many pixels of each plot are drawn. */
  private static final String WITNESS =
      """
      <script>
      const inked = {};
      for (const canvas of document.querySelectorAll("figure canvas")) {
        const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        let count = 0;
        for (let i = 3; i < pixels.length; i += 4) count += pixels[i] > 0 ? 1 : 0;
        inked[canvas.closest("figure").id.replace("chart-", "")] = count;
      }
      const seen = {ready: window.evenstep && window.evenstep.ready === true,
        charts: window.evenstep ? window.evenstep.charts : {}, inked,
        sections: [...document.querySelectorAll("section")].map(each => each.id),
        text: document.querySelector("main").innerText, width: document.documentElement.scrollWidth};
      document.body.append(Object.assign(document.createElement("pre"),
        {id: "witness", textContent: btoa(encodeURIComponent(JSON.stringify(seen)))}));
      </script>
      </body>
      """;

  private static final Pattern WITNESSED = Pattern.compile("<pre id=\"witness\">([^<]*)</pre>");

  private Chromium() {}

  /** Whether there is one. */
  public static boolean isThere() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "chromium")));
  }

  /** How a page is shown. */
  public enum Colours {
    /** As by day. */
    LIGHT("1"),
    /** As by night. */
    DARK("0");

    private final String setting;

    Colours(String setting) {
      this.setting = setting;
    }
  }

  /** Opens a page; fails if anything is written to its console. */
  public static JsonNode open(Path page, Colours colours, Path folder) throws IOException {
    Path witnessed = folder.resolve("witnessed.html");
    Files.writeString(witnessed, Files.readString(page).replace("</body>", WITNESS));
    List<String> command = new ArrayList<>(List.of("chromium", "--headless", "--no-sandbox"));
    command.addAll(List.of("--disable-gpu", "--disable-dev-shm-usage", "--window-size=1240,1600"));
    command.add("--user-data-dir=" + folder.resolve("profile"));
    command.add("--blink-settings=preferredColorScheme=" + colours.setting);
    command.addAll(List.of("--enable-logging=stderr", "--virtual-time-budget=3000", "--dump-dom"));
    command.add(witnessed.toUri().toString());
    String output;
    try (LoggedProcess chromium =
        LoggedProcess.start(
            "chromium", new ProcessBuilder(command), folder.resolve("chromium.log"))) {
      assertThat(chromium.exitCode(LIMIT)).as(chromium.output()).isZero();
      output = chromium.output();
    }
    assertThat(output.lines().filter(line -> line.contains("CONSOLE"))).as("console").isEmpty();
    Matcher seen = WITNESSED.matcher(output);
    assertThat(seen.find()).as(output).isTrue();
    String text = new String(Base64.getDecoder().decode(seen.group(1)), StandardCharsets.US_ASCII);
    return new ObjectMapper().readTree(URLDecoder.decode(text, StandardCharsets.UTF_8));
  }
}
