using System.Runtime.InteropServices;

namespace Republic.Core.Datasets.Rows;

[StructLayout(LayoutKind.Auto)]
internal readonly record struct RowTurn(RowRole Role, TextSlice Text);
