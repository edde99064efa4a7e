package io.evenstep.driver.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class PageTemplateTest {
  @Test
  void keepsTextInItsPlace() {
    ObjectNode data = JsonNodeFactory.instance.objectNode().put("name", "</script>&<!-- $1 \\1");

    String page = PageTemplate.page("<b>&", data.toString());

    assertThat(page)
        .contains("<title>&lt;b&gt;&amp;</title>")
        .contains("{\"name\":\"\\u003c/script\\u003e\\u0026\\u003c!-- $1 \\\\1\"}");
  }

  @Test
  void marksItsPlacesOnce() {
    assertThat(PageTemplate.page("run", "{}")).doesNotContain("{{").contains("uPlot");
  }
}
