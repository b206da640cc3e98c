using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Feeds;
using Republic.Core.Chats.Messages;
using Republic.Core.Interactions;
using Republic.Core.Interactions.Deleting;
using Republic.Core.Interactions.Lineage;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api;

internal static class ChatApi
{
    public static void MapChats(this IEndpointRouteBuilder app)
    {
        var conversations = app.MapGroup("/api/conversations").WithTags("Chat");
        conversations.MapGet("/", ListAsync).Produces<ConversationList>();
        conversations.MapPost("/", CreateAsync).Produces<ConversationFound>(StatusCodes.Status201Created);
        conversations.MapGet("/{id:guid}", GetAsync).Produces<ConversationFound>();
        conversations.MapPut("/{id:guid}", ChangeAsync).Produces<ConversationFound>();
        conversations.MapDelete("/{id:guid}", DeleteAsync).Produces<ConversationDeleted>();
        conversations.MapPost("/{id:guid}/restore", RestoreAsync).Produces<ConversationFound>();
        conversations.MapPost("/{id:guid}/read", ReadAsync).Produces(StatusCodes.Status204NoContent);
        conversations.MapGet("/{id:guid}/messages", MessagesAsync).Produces<MessageList>();
        conversations.MapPost("/{id:guid}/messages", SendAsync).Produces<MessageAccepted>(StatusCodes.Status202Accepted);
        conversations.MapGet("/{id:guid}/events", EventsAsync).Produces<string>(contentType: "text/event-stream");

        var messages = app.MapGroup("/api/messages").WithTags("Chat");
        messages.MapGet("/{id:guid}", MessageAsync).Produces<MessageFound>();
        messages.MapPut("/{id:guid}", EditAsync).Produces<MessageAccepted>(StatusCodes.Status202Accepted);
        messages.MapPost("/{id:guid}/stop", StopAsync).Produces<MessageFound>();
        messages.MapPost("/{id:guid}/regenerate", RegenerateAsync).Produces<MessageAccepted>(StatusCodes.Status202Accepted);
        messages.MapPost("/{id:guid}/show", ShowAsync).Produces<MessageList>();
        messages.MapFeedback();
    }

    /// <summary>The newest first, or of the deleted ones the last deleted.</summary>
    /// <param name="relatedType">Only conversations about this kind of thing, such as <c>task</c>.</param>
    /// <param name="relatedId">Only conversations about what has this id.</param>
    /// <param name="deleted">Only those that were deleted and can be restored, which are in no other list.</param>
    private static async Task<IResult> ListAsync(
        ConversationReader conversations,
        CurrentPerson person,
        [FromQuery(Name = "related_type")] string? relatedType,
        [FromQuery(Name = "related_id")] Guid? relatedId,
        bool? deleted,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        var asked = Cursor.ReadConversation(cursor, limit, ConversationReader.MaxPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        var filter = new ConversationFilter(relatedType, relatedId, deleted == true);
        var rows = await conversations.ListAsync(person.Id, filter, asked.Value.Limit, asked.Value.From, ct);
        var next = asked.Value.Next(rows, last => new ConversationCursor(last.DeletedAt ?? last.UpdatedAt, last.Id).ToString());
        return TypedResults.Ok(new ConversationList(rows, next));
    }

    private static async Task<IResult> CreateAsync(
        ConversationEditor editor,
        ConversationReader conversations,
        CurrentPerson person,
        ConversationInput input,
        CancellationToken ct
    )
    {
        var made = await editor.CreateAsync(person.Id, input, ct);
        return made.Ok
            ? (await conversations.FindAsync(person.Id, made.Value, ct)).ToResult(conversation =>
                TypedResults.Created($"/api/conversations/{conversation.Id}", new ConversationFound(conversation))
            )
            : made.Failure.ToProblem();
    }

    private static async Task<IResult> GetAsync(ConversationReader conversations, CurrentPerson person, Guid id, CancellationToken ct) =>
        (await conversations.FindAsync(person.Id, id, ct)).ToResult(conversation => TypedResults.Ok(new ConversationFound(conversation)));

    private static async Task<IResult> ChangeAsync(
        ConversationEditor editor,
        LearningConsent consent,
        ConversationReader conversations,
        CurrentPerson person,
        Guid id,
        ConversationChange change,
        CancellationToken ct
    )
    {
        if (change.Training is not (null or "on" or "off"))
        {
            // Of somebody else's chat not even that is told.
            var found = await conversations.FindAsync(person.Id, id, ct);
            return (found.Failure ?? Failure.Invalid("training", "training is on or off.")).ToProblem();
        }

        Outcome<Guid> changed = id;
        if (change.Title is not null || change.Training is null)
        {
            changed = await editor.RenameAsync(person.Id, id, change.Title, ct);
        }

        if (changed.Ok && change.Training is { } training)
        {
            changed = await consent.SetAsync(person.Id, id, training == "on", ct);
        }

        return changed.Ok ? await GetAsync(conversations, person, id, ct) : changed.Failure.ToProblem();
    }

    /// <summary>It can be restored for 30 days.</summary>
    /// <param name="forever">Deletes it for good, whether or not it was deleted before.</param>
    private static async Task<IResult> DeleteAsync(
        ChatDeletion deletion,
        CurrentPerson person,
        Guid id,
        bool? forever,
        CancellationToken ct
    )
    {
        var deleted = await (forever == true ? deletion.EraseAsync(person.Id, id, ct) : deletion.DeleteAsync(person.Id, id, ct));
        return deleted.ToResult(gone => TypedResults.Ok(new ConversationDeleted(id, gone)));
    }

    private static async Task<IResult> RestoreAsync(
        ChatDeletion deletion,
        ConversationReader conversations,
        CurrentPerson person,
        Guid id,
        CancellationToken ct
    )
    {
        var restored = await deletion.RestoreAsync(person.Id, id, ct);
        return restored.Ok ? await GetAsync(conversations, person, id, ct) : restored.Failure.ToProblem();
    }

    private static async Task<IResult> ReadAsync(ConversationEditor editor, CurrentPerson person, Guid id, CancellationToken ct) =>
        (await editor.MarkReadAsync(person.Id, id, ct)).ToResult(_ => TypedResults.NoContent());

    private static async Task<IResult> MessagesAsync(Transcripts transcripts, CurrentPerson person, Guid id, CancellationToken ct) =>
        // The shown branch is one piece: a page of it would have no beginning.
        (await transcripts.ReadAsync(person.Id, id, ct)).ToResult(transcript =>
            TypedResults.Ok(new MessageList(transcript.Messages, NextCursor: null))
        );

    private static async Task<IResult> SendAsync(
        MessageEditor editor,
        Transcripts transcripts,
        CurrentPerson person,
        HttpRequest request,
        Guid id,
        MessageInput input,
        CancellationToken ct
    )
    {
        var key = request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } header ? header : input.Key;
        return await AcceptedAsync(await editor.SendAsync(person.Id, id, input with { Key = key }, ct), transcripts, person, ct);
    }

    private static async Task<IResult> EventsAsync(
        ConversationFeed feed,
        CurrentPerson person,
        HttpRequest request,
        Guid id,
        string? after,
        CancellationToken ct
    )
    {
        var last = request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : after;
        return (await feed.OpenAsync(person.Id, id, last, ct)).ToResult(events => new LiveStream(events.Items));
    }

    private static async Task<IResult> MessageAsync(Transcripts transcripts, CurrentPerson person, Guid id, CancellationToken ct) =>
        (await transcripts.MessageAsync(person.Id, id, ct)).ToResult(message => TypedResults.Ok(new MessageFound(message)));

    private static async Task<IResult> EditAsync(
        MessageEditor editor,
        Transcripts transcripts,
        CurrentPerson person,
        Guid id,
        MessageInput input,
        CancellationToken ct
    ) => await AcceptedAsync(await editor.EditAsync(person.Id, id, input, ct), transcripts, person, ct);

    private static async Task<IResult> StopAsync(
        MessageEditor editor,
        Transcripts transcripts,
        CurrentPerson person,
        Guid id,
        CancellationToken ct
    )
    {
        var stopped = await editor.StopAsync(person.Id, id, ct);
        return stopped.Ok ? await MessageAsync(transcripts, person, id, ct) : stopped.Failure.ToProblem();
    }

    private static async Task<IResult> RegenerateAsync(
        MessageEditor editor,
        Transcripts transcripts,
        CurrentPerson person,
        Guid id,
        CancellationToken ct
    ) => await AcceptedAsync(await editor.RegenerateAsync(person.Id, id, ct), transcripts, person, ct);

    private static async Task<IResult> ShowAsync(
        MessageEditor editor,
        Transcripts transcripts,
        CurrentPerson person,
        Guid id,
        CancellationToken ct
    )
    {
        var shown = await editor.ShowAsync(person.Id, id, ct);
        return shown.Ok ? await MessagesAsync(transcripts, person, shown.Value, ct) : shown.Failure.ToProblem();
    }

    private static async Task<IResult> AcceptedAsync(
        Outcome<SentMessage> sent,
        Transcripts transcripts,
        CurrentPerson person,
        CancellationToken ct
    )
    {
        if (!sent.Ok)
        {
            return sent.Failure.ToProblem();
        }

        var (conversation, question, answer) = sent.Value;
        return (await transcripts.MessageAsync(person.Id, question, ct)).ToResult(message =>
            TypedResults.Accepted($"/api/conversations/{conversation}/events", new MessageAccepted(message, answer))
        );
    }

    internal sealed record ConversationList(IReadOnlyList<ConversationRow> Conversations, string? NextCursor);

    internal sealed record ConversationFound(ConversationRow Conversation);

    /// <param name="Training"><c>on</c> or <c>off</c>: whether this person lets minions learn from it. What is left out stays.</param>
    internal sealed record ConversationChange(string? Title, string? Training);

    internal sealed record MessageList(IReadOnlyList<MessageRow> Messages, string? NextCursor);

    internal sealed record MessageFound(MessageRow Message);

    /// <param name="Derived">
    /// Rows and datasets that were deleted with it, none while it can be restored, and versions that learned from it: these stay, and are marked.
    /// Tasks that were made of its messages stay too.
    /// </param>
    internal sealed record ConversationDeleted(Guid Id, DerivedData Derived);

    internal sealed record MessageAccepted(MessageRow Message, Guid? AnswerId);
}
