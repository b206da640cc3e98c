using System.Runtime.InteropServices;

namespace Republic.Core.Datasets.Rows;

/// <summary>A piece of a <see cref="RowText"/>'s bytes.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextSlice(int Start, int Length);
