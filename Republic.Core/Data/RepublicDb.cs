using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Accounts;
using Republic.Core.Accounts.Attempts;
using Republic.Core.Accounts.Links;
using Republic.Core.Admin.Settings;
using Republic.Core.Answering.Links;
using Republic.Core.Answering.Tools;
using Republic.Core.Archives;
using Republic.Core.Audit;
using Republic.Core.Backups.Schedules;
using Republic.Core.Chats.Conversations;
using Republic.Core.Chats.Feedback;
using Republic.Core.Chats.Messages;
using Republic.Core.Citizens;
using Republic.Core.Citizens.Capabilities;
using Republic.Core.Citizens.Fields;
using Republic.Core.Comparisons;
using Republic.Core.Datasets;
using Republic.Core.Episodes;
using Republic.Core.Episodes.Journal;
using Republic.Core.Interactions;
using Republic.Core.Interactions.Lineage;
using Republic.Core.Jobs;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Memories;
using Republic.Core.Minions;
using Republic.Core.Minions.Access;
using Republic.Core.Minions.Models;
using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Missing;
using Republic.Core.Providers.Calls;
using Republic.Core.Providers.Credentials;
using Republic.Core.Providers.Idempotency;
using Republic.Core.Providers.Listings;
using Republic.Core.Providers.Prices;
using Republic.Core.Providers.Spending;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Versions;
using Republic.Core.Search;
using Republic.Core.Security;
using Republic.Core.Tasks;
using Republic.Core.Tasks.Attachments;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Comments;
using Republic.Core.Tasks.Probes;
using Republic.Core.Tasks.Sharing;
using Republic.Core.Tasks.Work;
using Republic.Core.Tools;
using Republic.Core.Tools.Commands;
using Republic.Core.Tools.Servers;
using Republic.Core.Training.Calibration;
using Republic.Core.Training.Journal;
using Republic.Core.Training.Measuring;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Schedules;
using Republic.Core.Training.Weights;

namespace Republic.Core.Data;

public sealed class RepublicDb(DbContextOptions<RepublicDb> options) : IdentityUserContext<Person, Guid>(options)
{
    public DbSet<Citizen> Citizens => Set<Citizen>();
    public DbSet<CustomField> CustomFields => Set<CustomField>();
    public DbSet<Capability> Capabilities => Set<Capability>();
    public DbSet<CapabilityEntry> CapabilityEntries => Set<CapabilityEntry>();
    public DbSet<AvatarImage> AvatarImages => Set<AvatarImage>();
    public DbSet<AccessToken> AccessTokens => Set<AccessToken>();
    public DbSet<StoredSetting> StoredSettings => Set<StoredSetting>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<PasswordReset> PasswordResets => Set<PasswordReset>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<FailedSignIn> FailedSignIns => Set<FailedSignIn>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<AccountExport> AccountExports => Set<AccountExport>();
    public DbSet<AccountImport> AccountImports => Set<AccountImport>();
    public DbSet<Minion> Minions => Set<Minion>();
    public DbSet<MinionVersion> MinionVersions => Set<MinionVersion>();
    public DbSet<Conversation> Conversations => Set<Conversation>();
    public DbSet<Participant> Participants => Set<Participant>();
    public DbSet<Message> Messages => Set<Message>();
    public DbSet<MessageFeedback> MessageFeedback => Set<MessageFeedback>();
    public DbSet<MessageWords> MessageWords => Set<MessageWords>();
    public DbSet<TitleWords> TitleWords => Set<TitleWords>();
    public DbSet<LearnedPair> LearnedPairs => Set<LearnedPair>();
    public DbSet<LearningSettings> LearningSettings => Set<LearningSettings>();
    public DbSet<PersonalModel> PersonalModels => Set<PersonalModel>();
    public DbSet<RemovedModel> RemovedModels => Set<RemovedModel>();
    public DbSet<Dataset> Datasets => Set<Dataset>();
    public DbSet<DatasetVersion> DatasetVersions => Set<DatasetVersion>();
    public DbSet<DatasetChange> DatasetChanges => Set<DatasetChange>();
    public DbSet<Collection> Collections => Set<Collection>();
    public DbSet<CollectionLink> CollectionLinks => Set<CollectionLink>();
    public DbSet<Document> Documents => Set<Document>();
    public DbSet<DocumentText> DocumentTexts => Set<DocumentText>();
    public DbSet<Passage> Passages => Set<Passage>();
    public DbSet<StoredVector> StoredVectors => Set<StoredVector>();
    public DbSet<GoldenQuestion> GoldenQuestions => Set<GoldenQuestion>();
    public DbSet<RetrievalScore> RetrievalScores => Set<RetrievalScore>();
    public DbSet<Memory> Memories => Set<Memory>();
    public DbSet<MemoryConflict> MemoryConflicts => Set<MemoryConflict>();
    public DbSet<MemorySettings> MemorySettings => Set<MemorySettings>();
    public DbSet<TrainingJob> TrainingJobs => Set<TrainingJob>();
    public DbSet<TrainingStep> TrainingSteps => Set<TrainingStep>();
    public DbSet<TrainingCall> TrainingCalls => Set<TrainingCall>();
    public DbSet<TrainingEvent> TrainingEvents => Set<TrainingEvent>();
    public DbSet<TrainedRow> TrainedRows => Set<TrainedRow>();
    public DbSet<TrainingSchedule> TrainingSchedules => Set<TrainingSchedule>();
    public DbSet<JudgeCalibration> JudgeCalibrations => Set<JudgeCalibration>();
    public DbSet<Comparison> Comparisons => Set<Comparison>();
    public DbSet<ComparisonAnswer> ComparisonAnswers => Set<ComparisonAnswer>();
    public DbSet<ToolCall> ToolCalls => Set<ToolCall>();
    public DbSet<MinionTool> MinionTools => Set<MinionTool>();
    public DbSet<ToolCommand> ToolCommands => Set<ToolCommand>();
    public DbSet<ToolServer> ToolServers => Set<ToolServer>();
    public DbSet<WorkTask> Tasks => Set<WorkTask>();
    public DbSet<TaskDependency> TaskDependencies => Set<TaskDependency>();
    public DbSet<TaskComment> TaskComments => Set<TaskComment>();
    public DbSet<TaskAttachment> TaskAttachments => Set<TaskAttachment>();
    public DbSet<TaskActivity> TaskActivities => Set<TaskActivity>();
    public DbSet<TaskAttempt> TaskAttempts => Set<TaskAttempt>();
    public DbSet<TaskFilter> TaskFilters => Set<TaskFilter>();
    public DbSet<TaskShare> TaskShares => Set<TaskShare>();
    public DbSet<ProbedModel> ProbedModels => Set<ProbedModel>();
    public DbSet<Scenario> Scenarios => Set<Scenario>();
    public DbSet<ScenarioState> ScenarioStates => Set<ScenarioState>();
    public DbSet<AgentRole> AgentRoles => Set<AgentRole>();
    public DbSet<StateRole> StateRoles => Set<StateRole>();
    public DbSet<StateTransition> StateTransitions => Set<StateTransition>();
    public DbSet<ScenarioVersion> ScenarioVersions => Set<ScenarioVersion>();

    public DbSet<Episode> Episodes => Set<Episode>();
    public DbSet<Timeline> Timelines => Set<Timeline>();
    public DbSet<EpisodeEntry> EpisodeEntries => Set<EpisodeEntry>();
    public DbSet<Step> Steps => Set<Step>();
    public DbSet<AgentAssignment> AgentAssignments => Set<AgentAssignment>();
    public DbSet<Credential> Credentials => Set<Credential>();
    public DbSet<ProviderList> ProviderLists => Set<ProviderList>();
    public DbSet<SyncVisit> SyncVisits => Set<SyncVisit>();
    public DbSet<ModelCall> ModelCalls => Set<ModelCall>();
    public DbSet<PriceOverride> PriceOverrides => Set<PriceOverride>();
    public DbSet<Budget> Budgets => Set<Budget>();
    public DbSet<BudgetMonth> BudgetMonths => Set<BudgetMonth>();
    public DbSet<BudgetLease> BudgetLeases => Set<BudgetLease>();
    public DbSet<KeptAnswer> KeptAnswers => Set<KeptAnswer>();
    public DbSet<AnswerDay> AnswerDays => Set<AnswerDay>();
    public DbSet<CountedBatch> CountedBatches => Set<CountedBatch>();
    public DbSet<Job> Jobs => Set<Job>();
    public DbSet<BackupRun> BackupRuns => Set<BackupRun>();
    public DbSet<BackupSchedule> BackupSchedules => Set<BackupSchedule>();
    public DbSet<AllowedHost> AllowedHosts => Set<AllowedHost>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>The database's clock, in queries: nodes may disagree on theirs.</summary>
    [DbFunction("clock_timestamp", IsBuiltIn = true)]
    public static DateTimeOffset Now() => throw new InvalidOperationException("It is for queries alone.");

    /// <summary>A text in small letters without accents, in queries: an immutable SQL function of a migration.</summary>
    [DbFunction("search_fold")]
    public static string SearchFold(string text) => throw new InvalidOperationException("It is for queries alone.");

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        model.ApplyConfigurationsFromAssembly(typeof(RepublicDb).Assembly);
        SnakeCase.Apply(model);
    }
}
