using Microsoft.Extensions.AI;

namespace Republic.Core.Answering.Clients;

/// <summary>Additional properties of chat options that only clients of this app read; they are never sent.</summary>
public static class AnswerOptions
{
    private const string GroundedKey = "republic.grounded";

    /// <summary>The findings of the stages, for a client that writes the request to the model itself; null without stages.</summary>
    public static GroundedPrompt? Grounded(this ChatOptions options) =>
        options.AdditionalProperties?.GetValueOrDefault(GroundedKey) as GroundedPrompt;

    internal static void SetGrounded(this ChatOptions options, GroundedPrompt grounded) =>
        (options.AdditionalProperties ??= [])[GroundedKey] = grounded;
}
