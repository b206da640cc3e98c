namespace Republic.Core.Providers;

/// <summary>Names of what a provider counts beyond the common figures.</summary>
public static class ModelUsage
{
    /// <summary>What the server spent on the answer's tokens; llama.cpp's server and ours say it.</summary>
    public const string GenerationMicroseconds = "generation_us";
}
