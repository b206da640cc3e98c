using Republic.Core;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Conversations;
using Republic.Core.Tasks.Editing;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Tasks;

/// <summary>Makes tasks, changes and moves them, as their forms say it.</summary>
public sealed class TaskForms(TaskEditor editor, TaskMover mover, TaskChoices choices, TaskSources sources)
{
    private static readonly Failure Stale = Failure.Conflict(
        "It was changed elsewhere after this form was opened. Nothing was written over it. Save again to keep what you entered here."
    );

    /// <summary>A new task, as far as the address of its page and the message named there say what it is.</summary>
    public async Task<Outcome<TaskForm>> NewAsync(Guid person, IQueryCollection query, CancellationToken ct)
    {
        var form = TaskForm.New(query);
        if (!Guid.TryParse(query["message"], out var message))
        {
            return form;
        }

        var draft = await sources.DraftAsync(person, message, ct);
        if (!draft.Ok)
        {
            return draft.Failure;
        }

        (form.MessageId, form.Title, form.Description) = (message, draft.Value.Title, draft.Value.Description);
        form.CitizenId ??= draft.Value.Minion;
        return form;
    }

    public async Task<Outcome<Guid>> CreateAsync(Guid person, TaskForm form, List<FieldError> unreadable, CancellationToken ct)
    {
        var parent = await ParentAsync(person, form, ct);
        if (!parent.Ok)
        {
            return parent.Failure;
        }

        var made = await editor.CreateAsync(person, form.ToInput(parent.Value.Task, unreadable), FormId.Of(person, form.Request), ct);
        if (made.Failure is { Kind: FailureKind.NotFound } && form.MessageId is not null)
        {
            // What was typed is worth more than where it came from.
            form.MessageId = null;
            return Failure.Conflict("The message that this is made of is deleted. Add the task once more to have it without the message.");
        }

        if (made.Ok && TaskStates.Of(form.Status) is { } status and not WorkTaskStatus.Todo)
        {
            // Refused only where it was moved meanwhile, as by the same form sent twice.
            await mover.MoveAsync(person, made.Value, new TaskMove(status, From: WorkTaskStatus.Todo), ct);
        }

        return made;
    }

    public async Task<Outcome<Guid>> UpdateAsync(Guid person, Guid id, TaskForm form, List<FieldError> unreadable, CancellationToken ct)
    {
        var parent = await ParentAsync(person, form, ct);
        if (!parent.Ok)
        {
            return parent.Failure;
        }

        var typed = form.ToInput(parent.Value.Task, unreadable);
        return await editor.UpdateAsync(
            person,
            id,
            stored => form.Seen is { } seen && seen != TaskForm.StampOf(stored) ? Stale : WithTime(typed, stored),
            ct
        );
    }

    public async Task<Outcome<Guid>> MoveAsync(Guid person, Guid id, MoveForm form, CancellationToken ct) =>
        form.ToMove() is { } move ? await mover.MoveAsync(person, id, move, ct) : Failure.NotFound("state");

    /// <summary>A form has the day alone: where that was not changed, the time of the day stays.</summary>
    private static TaskInput WithTime(TaskInput typed, TaskInput stored) =>
        typed.DueAt?.UtcDateTime.Date == stored.DueAt?.UtcDateTime.Date ? typed with { DueAt = stored.DueAt } : typed;

    private async Task<Outcome<Parent>> ParentAsync(Guid person, TaskForm form, CancellationToken ct)
    {
        if (TypedText.Plain(form.ParentId) is not { } typed)
        {
            return new Parent(null);
        }

        var found = await choices.FindAsync(person, typed, "parent_id", ct);
        return found.Ok ? new Parent(found.Value) : found.Failure;
    }

    private sealed record Parent(Guid? Task);
}
