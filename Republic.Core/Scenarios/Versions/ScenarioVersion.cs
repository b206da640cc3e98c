using System.Security.Cryptography;
using System.Text;

namespace Republic.Core.Scenarios.Versions;

/// <summary>A scenario as it was published. It never changes: the next publication makes the next one.</summary>
public sealed class ScenarioVersion
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid ScenarioId { get; init; }

    /// <summary>From 1 on, without gaps.</summary>
    public required int Number { get; init; }

    /// <summary>The canonical text.</summary>
    public required string Yaml { get; init; }

    /// <summary>SHA-256 of the text in hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    public required int StateCount { get; init; }

    public required int TransitionCount { get; init; }

    public required int RoleCount { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The SHA-256 of a canonical text.</summary>
    internal static string DigestOf(string yaml) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(yaml)));
}
