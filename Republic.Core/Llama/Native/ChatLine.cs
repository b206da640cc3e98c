namespace Republic.Core.Llama.Native;

/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>.</param>
internal sealed record ChatLine(string Role, string Content);
