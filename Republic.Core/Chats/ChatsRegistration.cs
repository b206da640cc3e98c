using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Answering.Tools;
using Republic.Core.Chats.Answers;
using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Feedback;
using Republic.Core.Chats.Feeds;
using Republic.Core.Chats.Messages;
using Republic.Core.Events;
using Republic.Core.Minions;

namespace Republic.Core.Chats;

public static class ChatsRegistration
{
    public static IServiceCollection AddChats(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<ChatSettings>(configuration.GetSection("Chats"));
        services.AddSingleton<IRecentQuestions, RecentQuestions>();
        services.AddSingleton<ChatTurns>();
        services.AddHostedService(provider => provider.GetRequiredService<ChatTurns>());
        Sweep.AddTo<AnswerSweep>(services);
        services.AddScoped<PromptLoader>();
        services.AddScoped<ChatTurn>();
        services.AddSingleton<AnswerCompletion>();
        services.AddSingleton<WaitingAnswers>();
        services.AddSingleton<ITurnResumer>(provider => provider.GetRequiredService<WaitingAnswers>());
        services.AddScoped<MessageEditor>();
        services.AddSingleton<ConversationSubjects>();
        services.AddScoped<ConversationEditor>();
        services.AddScoped<FeedbackEditor>();
        services.AddSingleton<FeedbackReader>();
        services.AddSingleton<ConversationReader>();
        services.AddSingleton<Transcripts>();
        services.AddSingleton<ConversationFeed>();
        services.AddSingleton<ILiveText, AnswerTexts>();
        return services;
    }
}
