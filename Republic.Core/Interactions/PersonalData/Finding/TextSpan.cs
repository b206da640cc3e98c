using System.Runtime.InteropServices;

namespace Republic.Core.Interactions.PersonalData.Finding;

[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextSpan(int Start, int Length);
