using System.Text.Json;
using Republic.Core;
using Republic.Core.Answering.Tools;
using Republic.Core.Tools.Calls;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Tools;

/// <summary>The tool calls that a person's minions asked for, and what the person decides on them.</summary>
internal static class ToolCallApi
{
    public static void MapToolCalls(this IEndpointRouteBuilder app)
    {
        var calls = app.MapGroup("/api/tool-calls").WithTags("Tools");
        calls.MapGet("/", ListAsync).Produces<ToolCallList>();
        calls.MapGet("/{id:guid}", GetAsync).Produces<ToolCallFound>();
        calls.MapPost("/{id:guid}/approve", ApproveAsync).Produces<ToolCallFound>();
        calls.MapPost("/{id:guid}/refuse", RefuseAsync).Produces<ToolCallFound>();
    }

    /// <summary>The newest first.</summary>
    /// <param name="status">pending, approved, refused, running, completed, failed or expired.</param>
    /// <param name="minion">The id of the minion that asked for them.</param>
    private static async Task<IResult> ListAsync(
        ToolCallReader reader,
        CurrentPerson me,
        string? status,
        Guid? minion,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        ToolCallStatus? wanted = null;
        if (status is not null)
        {
            // Parsing alone would take numbers and lists too.
            if (!Enum.GetNames<ToolCallStatus>().Contains(status, StringComparer.OrdinalIgnoreCase))
            {
                return Failure
                    .Invalid("status", "status is pending, approved, refused, running, completed, failed or expired.")
                    .ToProblem();
            }

            wanted = Enum.Parse<ToolCallStatus>(status, ignoreCase: true);
        }

        var asked = Cursor.ReadId(cursor, limit, ToolCallReader.MaxPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        var query = new ToolCallQuery(me.Id)
        {
            Minion = minion,
            Status = wanted,
            Limit = asked.Value.Limit,
            Before = asked.Value.From,
        };
        var page = await reader.ListAsync(query, ct);
        return TypedResults.Ok(new ToolCallList(page, asked.Value.Next(page, last => Cursor.Of(last.Id))));
    }

    private static async Task<IResult> GetAsync(ToolCallReader reader, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await reader.FindAsync(me.Id, id, ct)).ToResult(call => TypedResults.Ok(new ToolCallFound(call)));

    /// <summary>It may be made. One that was settled before is a conflict.</summary>
    private static async Task<IResult> ApproveAsync(
        ToolApprovals approvals,
        ToolCallReader reader,
        CurrentPerson me,
        Guid id,
        Approval body,
        CancellationToken ct
    )
    {
        JsonElement? arguments = body.Arguments.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null : body.Arguments;
        var approved = await approvals.ApproveAsync(me.Id, id, new ApprovalInput(body.Scope, arguments), ct);
        return approved.Ok ? await GetAsync(reader, me, id, ct) : approved.Failure.ToProblem();
    }

    /// <summary>It is not made, and the minion is told so. One that was settled before is a conflict.</summary>
    private static async Task<IResult> RefuseAsync(
        ToolApprovals approvals,
        ToolCallReader reader,
        CurrentPerson me,
        Guid id,
        Refusal? body,
        CancellationToken ct
    )
    {
        var refused = await approvals.RefuseAsync(me.Id, id, body?.Reason, ct);
        return refused.Ok ? await GetAsync(reader, me, id, ct) : refused.Failure.ToProblem();
    }

    internal sealed record ToolCallList(IReadOnlyList<ToolCallRow> ToolCalls, string? NextCursor);

    internal sealed record ToolCallFound(ToolCallRow ToolCall);

    /// <param name="Scope">once, or always: this tool and minion, from now on unasked.</param>
    /// <param name="Arguments">A JSON object in place of the minion's, for once alone; left out, they stay.</param>
    internal sealed record Approval(string? Scope, JsonElement Arguments);

    /// <param name="Reason">At most 500 characters, which the minion is told.</param>
    internal sealed record Refusal(string? Reason);
}
