/** What compilers of layers have in common: where a layer is built, and settings of many types. */
@NullMarked
package io.evenstep.model.engine.step.layer.site;

import org.jspecify.annotations.NullMarked;
