using System.Runtime.InteropServices;

namespace Republic.Core.Knowledge.Vectors;

/// <param name="Similarity">The cosine of its vector and the query's.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct VectorHit(Guid Passage, double Similarity);
