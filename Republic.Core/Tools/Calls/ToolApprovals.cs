using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Turns;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Tools.BuiltIn;

namespace Republic.Core.Tools.Calls;

/// <summary>Decides on tool calls that wait, as their person says, and lets the answers go on that asked for them.</summary>
public sealed class ToolApprovals(
    RepublicDb db,
    AuditLog audit,
    BuiltInTools builtIn,
    IEnumerable<ITurnResumer> resumers,
    LiveEvents live,
    TimeProvider time
)
{
    public const int MaxReason = 500;

    /// <summary>Allows a call: this once, or each of this tool and minion from now on.</summary>
    public async Task<Outcome<Guid>> ApproveAsync(Guid person, Guid id, ApprovalInput input, CancellationToken ct)
    {
        await using var change = await db.Database.BeginTransactionAsync(ct);
        var found = await TakeAsync(person, id, ct);
        if (found.Value is not { } call)
        {
            return found.Failure!;
        }

        var edited = await EditedAsync(call, input, ct);
        if (!edited.Ok)
        {
            return edited.Failure;
        }

        if (input.Scope == ApprovalInput.Always && await AllowForGoodAsync(call, ct) is { } problem)
        {
            return problem;
        }

        (call.Status, call.SettledAt) = (ToolCallStatus.Approved, time.GetUtcNow());
        call.EditedArguments = edited.Value.Length > 0 ? edited.Value : null;
        var subject = $"{call.FullName}, {input.Scope}{(call.EditedArguments is null ? "" : ", arguments changed")}";
        return await SettleAsync(call, AuditActions.ToolCallApproved, subject, ct);
    }

    /// <summary>Refuses a call: it is not made, and the model is told so.</summary>
    /// <param name="reason">In the person's words, for the model too; null or empty for none.</param>
    public async Task<Outcome<Guid>> RefuseAsync(Guid person, Guid id, string? reason, CancellationToken ct)
    {
        await using var change = await db.Database.BeginTransactionAsync(ct);
        var found = await TakeAsync(person, id, ct);
        if (found.Value is not { } call)
        {
            return found.Failure!;
        }

        var words = reason?.Replace("\0", "", StringComparison.Ordinal).Trim();
        if (words?.Length > MaxReason)
        {
            return Failure.Invalid(
                "reason",
                $"A reason has at most {MaxReason} characters. Say more in the chat, or in a comment on the task."
            );
        }

        (call.Status, call.SettledAt) = (ToolCallStatus.Refused, time.GetUtcNow());
        call.Reason = string.IsNullOrEmpty(words) ? "The person refused it." : words;
        return await SettleAsync(call, AuditActions.ToolCallRefused, call.FullName, ct);
    }

    /// <summary>A call that waits, and whose answer does. Until the transaction ends neither changes.</summary>
    private async Task<Outcome<ToolCall>> TakeAsync(Guid person, Guid id, CancellationToken ct)
    {
        if (await db.ToolCalls.AsNoTracking().VisibleTo(db, person).SingleOrDefaultAsync(c => c.Id == id, ct) is not { } known)
        {
            return Failure.NotFound("tool call");
        }

        // The answer first: whoever ends it ends its calls after it, and the two would wait for each other.
        var state = await StateAsync(known, ct);
        var calls = await db.ToolCalls.FromSql($"select * from tool_calls where id = {id} for update").ToListAsync(ct);
        return calls is not [var call] ? Failure.NotFound("tool call")
            : call.Status != ToolCallStatus.Pending ? Failure.Conflict(Fate(call))
            : state is TurnState.Waiting or TurnState.Pending or TurnState.Streaming ? call
            : Failure.Conflict($"The answer that asked for it has ended, so nothing would become of it. {Again(call)}.");
    }

    /// <returns>The state of the answer that asked for a call, which is held until the transaction ends; null where there is none.</returns>
    private async Task<TurnState?> StateAsync(ToolCall call, CancellationToken ct)
    {
        var states =
            call.AttemptId is { } attempt
                ? db.Database.SqlQuery<string>($"""select state as "Value" from task_attempts where id = {attempt} for update""")
            : call.StepId is { } step ? db.Database.SqlQuery<string>($"""select state as "Value" from steps where id = {step} for update""")
            : db.Database.SqlQuery<string>($"""select state as "Value" from messages where id = {call.MessageId} for update""");
        return await states.ToListAsync(ct) is [var state] ? Enum.Parse<TurnState>(state) : null;
    }

    /// <summary>How a person gets what the call was for after all.</summary>
    private static string Again(ToolCall call) =>
        call.AttemptId is not null ? "Start the task again"
        : call.StepId is not null ? "Fork the episode before that step"
        : "Ask again in the chat";

    private static string Fate(ToolCall call) =>
        call.Status switch
        {
            ToolCallStatus.Approved => "This call was approved before. It is made as soon as its answer goes on.",
            ToolCallStatus.Running => "This call was approved before, and is being made.",
            ToolCallStatus.Refused => $"This call was refused before. {Again(call)} where it should be made after all.",
            ToolCallStatus.Expired => $"This call waited too long, or its answer ended. {Again(call)}.",
            _ => "This call was made before. What came of it stands beside it.",
        };

    /// <returns>The arguments that a person put in place of the model's, as JSON; empty where they did not.</returns>
    private async Task<Outcome<string>> EditedAsync(ToolCall call, ApprovalInput input, CancellationToken ct)
    {
        if (input.Scope is not (ApprovalInput.Once or ApprovalInput.Always))
        {
            return Failure.Invalid("scope", "scope is once, or always for this tool and minion.");
        }

        if (input.Arguments is not { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } arguments)
        {
            return "";
        }

        var rules = new FieldRules([]);
        rules.Json("arguments", "The JSON of the arguments", arguments);
        if (rules.Errors.Count > 0)
        {
            return Failure.Invalid(rules.Errors);
        }

        if (JsonElement.DeepEquals(arguments, ToolCallRow.Of(call).Arguments))
        {
            return "";
        }

        if (input.Scope == ApprovalInput.Always)
        {
            return Failure.Invalid("arguments", "Arguments can be changed for one call only. Allow it once.");
        }

        var text = arguments.GetRawText();
        if (text.Length > ToolCall.MaxArguments)
        {
            return Failure.Invalid("arguments", $"Arguments have at most {ToolCall.MaxArguments:N0} characters.");
        }

        var tool = await ToolFacts.FindAsync(db, builtIn, call.OwnerId, ToolCallRow.Of(call), ct);
        return tool.InputSchema is { } schema && SchemaCheck.Problem(schema, arguments) is { } problem
            ? Failure.Invalid("arguments", problem)
            : text;
    }

    private async Task<Failure?> AllowForGoodAsync(ToolCall call, CancellationToken ct)
    {
        // By a statement: the tool may be switched off at this moment.
        var allowed = await db
            .MinionTools.OwnedBy(call.OwnerId)
            .Where(t => t.MinionId == call.MinionId && t.ServerId == call.ServerId && t.Tool == call.Tool)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.IsAlways, true).SetProperty(t => t.AllowedHash, call.DefinitionHash), ct);
        return allowed == 0
            ? Failure.Conflict(
                $"{call.Tool} has been switched off for this minion, so it cannot be allowed for good. Allow it once, or switch it on again."
            )
            : null;
    }

    private async Task<Outcome<Guid>> SettleAsync(ToolCall call, string action, string subject, CancellationToken ct)
    {
        await audit.CommitAsync(db, action, subject, ct);
        live.Publish(call.OwnerId, ToolEvents.Of(call));
        foreach (var resumer in resumers)
        {
            // It is decided, whether or not whoever asked still waits to hear of it.
            if (await resumer.ResumeAsync(call, CancellationToken.None))
            {
                break;
            }
        }

        return call.Id;
    }
}
