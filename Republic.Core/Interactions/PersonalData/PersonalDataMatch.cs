using System.Runtime.InteropServices;

namespace Republic.Core.Interactions.PersonalData;

/// <summary>Personal data in a text, in UTF-16 characters. Never half a surrogate pair.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PersonalDataMatch(PersonalDataKind Kind, int Start, int Length);
