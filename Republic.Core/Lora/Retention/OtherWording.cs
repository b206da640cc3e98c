namespace Republic.Core.Lora.Retention;

/// <summary>A sample that shares too few words with the references to say the same by its words.</summary>
/// <param name="Content">The text without the manner of the rows.</param>
internal sealed record OtherWording(string Text, string Content);
