/** What the compilers of layers share: their context, and the settings of many types. */
@NullMarked
package io.evenstep.model.engine.step.layer.site;

import org.jspecify.annotations.NullMarked;
