using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Answering.Traces;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Feedback;
using Republic.Core.Chats.Messages;

namespace Republic.Tests.World;

/// <summary>Puts chats with a minion into the database as people would have left them: asked, answered, rated.</summary>
public sealed class PlantedChats(IRepublic republic, Inhabitant person, Guid minion)
{
    private int planted;

    private DateTimeOffset Now => republic.Services.GetRequiredService<TimeProvider>().GetUtcNow();

    /// <param name="teaches">The person agreed.</param>
    /// <param name="others">People who take part and did not agree.</param>
    public Task<Guid> ChatAsync(bool teaches = true, params IReadOnlyList<Guid> others) =>
        republic.QueryAsync(async db =>
        {
            var now = Now;
            var chat = new Conversation
            {
                OwnerId = person.Id,
                Title = "Planted",
                CreatedAt = now,
                UpdatedAt = now,
            };
            foreach (var citizen in others.Append(person.Id).Append(minion))
            {
                chat.Participants.Add(
                    new Participant
                    {
                        ConversationId = chat.Id,
                        CitizenId = citizen,
                        JoinedAt = now,
                        TeachesSince = teaches && citizen == person.Id ? now : null,
                    }
                );
            }

            db.Conversations.Add(chat);
            await db.SaveChangesAsync();
            return chat.Id;
        });

    /// <summary>Plants questions with their answers, no two alike.</summary>
    /// <param name="change">Of each answer, before it is saved.</param>
    public Task<List<Guid>> AnswersAsync(
        Guid chat,
        int count,
        double? score = 1,
        string? correction = null,
        string said = "The harbour keeps its boats behind the wall.",
        Action<Message>? change = null
    ) =>
        republic.QueryAsync(async db =>
        {
            var learner = await db.Minions.AsNoTracking().SingleAsync(m => m.Id == minion);
            List<Guid> ids = [];
            for (var i = 0; i < count; i++)
            {
                var number = planted++;
                var asked = Said(chat, person.Id, parent: null, $"Where is boat {number} kept?");
                var answer = Said(chat, minion, asked.Id, said.Length < 10 || said.Length > 10_000 ? said : $"{said} Boat {number} too.");
                (answer.Provider, answer.Model, answer.FinishReason) = (learner.Provider, learner.ModelId, "stop");
                change?.Invoke(answer);
                db.Messages.AddRange(asked, answer);
                if (score is not null || correction is not null)
                {
                    db.MessageFeedback.Add(
                        new MessageFeedback
                        {
                            MessageId = answer.Id,
                            PersonId = person.Id,
                            Score = score,
                            Correction = correction is null ? null : $"{correction} Boat {number} too.",
                            CreatedAt = answer.CreatedAt,
                            UpdatedAt = answer.CreatedAt,
                        }
                    );
                }

                ids.Add(answer.Id);
            }

            await db.SaveChangesAsync();
            return ids;
        });

    /// <summary>Plants questions and answers in turn, one after the other, with which the chat goes on.</summary>
    /// <param name="after">The message that they go on from; null: they begin the chat.</param>
    /// <param name="change">Of each answer, before it is saved.</param>
    /// <returns>The messages, the first one first.</returns>
    public Task<Guid[]> BranchAsync(Guid chat, int messages, Guid? after = null, Action<Message>? change = null) =>
        republic.QueryAsync(async db =>
        {
            List<Guid> ids = [];
            for (var i = 0; i < messages; i++)
            {
                var isAnswer = int.IsOddInteger(i);
                var said = Said(chat, isAnswer ? minion : person.Id, after, $"Boat {planted++} is {(isAnswer ? "here" : "where")}.");
                if (isAnswer)
                {
                    change?.Invoke(said);
                }

                db.Messages.Add(said);
                ids.Add(said.Id);
                after = said.Id;
            }

            (await db.Conversations.FindAsync(chat))!.LeafId = after;
            await db.SaveChangesAsync();
            return ids.ToArray();
        });

    /// <summary>A trace that says that memories stood in the prompt.</summary>
    public static AnswerTrace Reminded(params IReadOnlyList<Guid> memories) =>
        new([new StageTrace(StageName.Memory, StageStatus.Done) { Text = "Likes boats.", MemoryIds = memories }]);

    private Message Said(Guid chat, Guid author, Guid? parent, string content)
    {
        var now = Now;
        return new Message
        {
            ConversationId = chat,
            AuthorId = author,
            ParentId = parent,
            Content = content,
            State = TurnState.Complete,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }
}
