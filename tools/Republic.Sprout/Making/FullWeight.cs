using Republic.Core.Lora.Graph;

namespace Republic.Sprout.Making;

/// <summary>A weight on the device, and where its gradient is written.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct FullWeight(Tensor Values, Tensor Gradient);
