using System.Runtime.InteropServices;
using Republic.Core.Lora.Graph;

namespace Republic.Core.Lora.Layers;

/// <param name="X">[inputs, tokens].</param>
/// <param name="Seen">X under dropout.</param>
/// <param name="Low">s·A·Seen: [rank, tokens]. Null where nothing is trained.</param>
/// <param name="Mask">The dropout's factors, or null without dropout.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ProjectionInput(Tensor X, Tensor Seen, Tensor? Low, Tensor? Mask);
