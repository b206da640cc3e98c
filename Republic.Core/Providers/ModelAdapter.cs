namespace Republic.Core.Providers;

/// <summary>A LoRA adapter on a model that runs inside Republic.</summary>
/// <param name="Name">Its file's name in the folder of adapters, without <c>.gguf</c>.</param>
/// <param name="Scale">What its change is multiplied by; 1 is what it was trained for.</param>
public sealed record ModelAdapter(string Name, float Scale = 1);
