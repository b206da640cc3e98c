namespace Republic.Core.Llama.Templates;

/// <summary>Where the object of a call stands in a rendered conversation, and by which keys it names its parts.</summary>
internal readonly record struct CallSpan(int Begin, int End, string NameKey, string ArgumentsKey, string? IdKey);
