namespace Republic.Web.Cli.Episodes;

/// <summary>One action of a role in an episode.</summary>
/// <param name="Name">The name of whoever acts; null where they are gone.</param>
/// <param name="Status">PENDING, RUNNING, WAITING, COMPLETED or FAILED.</param>
/// <param name="Hidden">The person does not get to know what was said.</param>
internal sealed record RemoteStep(
    string? Id,
    long? Seq,
    string? State,
    string? Role,
    string? Name,
    string? GeneratedText,
    string? Outcome,
    double? Score,
    string? Status,
    bool? Hidden,
    string? Error
)
{
    public bool IsEnded => Status is "COMPLETED" or "FAILED";
}
