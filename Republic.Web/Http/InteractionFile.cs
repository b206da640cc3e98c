using Republic.Core;
using Republic.Core.Audit;
using Republic.Core.Interactions;
using Republic.Core.Minions.Profiles;

namespace Republic.Web.Http;

/// <summary>The pairs that a minion may learn, as a file to download.</summary>
internal static class InteractionFile
{
    public const string ContentType = "application/jsonl";

    /// <summary>Answers with the file. The export is in the audit log before the first byte is sent.</summary>
    public static async Task<IResult> OfAsync(InteractionSet set, AuditLog audit)
    {
        var subject = $"{set.Minion.Citizen.DisplayName}: {Counted.Of(set.Eligible.Count, "pair")}";
        await audit.WriteAsync(AuditActions.TrainingDataExported, subject);
        return TypedResults.Stream(
            into => InteractionJson.WriteAsync(into, set.Eligible, CancellationToken.None),
            ContentType,
            $"chats-{Slug.Of(set.Minion.Citizen.DisplayName)}.jsonl"
        );
    }
}
