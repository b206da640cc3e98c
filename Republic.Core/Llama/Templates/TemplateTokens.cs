namespace Republic.Core.Llama.Templates;

/// <summary>The tokens of a model's vocabulary that chat templates write themselves.</summary>
/// <param name="Begin">The text of the token that begins a text; empty where there is none.</param>
/// <param name="End">The text of the token that ends one.</param>
/// <param name="AddsBegin">The tokenizer puts the first one before a text by itself, so that a template's own would be a second.</param>
internal sealed record TemplateTokens(string Begin = "", string End = "", bool AddsBegin = false);
