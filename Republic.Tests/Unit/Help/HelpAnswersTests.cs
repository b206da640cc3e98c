using Republic.Core.Help;

namespace Republic.Tests.Unit.Help;

/// <summary>Questions that people put to a minion, and the sections that answer them.</summary>
public sealed class HelpAnswersTests
{
    public static readonly TheoryData<string, string> Questions = new()
    {
        { "How can I give my minion a different name?", "changing-a-minion" },
        { "may I rename you", "changing-a-minion" },
        { "how do I swap your avatar for a photo", "changing-a-minion" },
        { "where do I edit a minion", "changing-a-minion" },
        { "where can I change your personality", "changing-a-minion" },
        { "how do I remove a minion I no longer need", "changing-a-minion" },
        { "can I get a deleted minion back?", "changing-a-minion" },
        { "can I pause or hide a minion", "changing-a-minion" },
        { "How do I make the answers less random?", "changing-a-minion" },
        { "how can I limit how long an answer is", "changing-a-minion" },
        { "where is the edit button of a minion", "changing-a-minion" },
        { "how do I change your name", "changing-a-minion" },
        { "how can I copy a minion?", "your-first-minion" },
        { "is there a limit on how many minions I can have", "your-first-minion" },
        { "How do I make a minion?", "your-first-minion" },
        { "how many minions can I make?", "your-first-minion" },
        { "how do I switch to a smarter model", "models-and-keys" },
        { "which providers are supported here?", "models-and-keys" },
        { "where do I put my API key", "models-and-keys" },
        { "Can somebody else see my API key?", "models-and-keys" },
        { "how do I replace an old key", "models-and-keys" },
        { "how can I tell if a model fits on my machine?", "models-and-keys" },
        { "where can I download models", "models-and-keys" },
        { "how do I delete a downloaded model from my disk", "models-and-keys" },
        { "is my graphics card used", "models-and-keys" },
        { "can other people read my API keys?", "models-and-keys" },
        { "what does Republic cost", "costs" },
        { "Is Republic free?", "costs" },
        { "which models are free", "costs" },
        { "how do I set a spending limit", "costs" },
        { "what happens when my budget is reached", "costs" },
        { "can anyone else see how much I spend", "costs" },
        { "what does a budget limit", "costs" },
        { "how can I rate an answer", "chats" },
        { "how can I correct a wrong answer", "chats" },
        { "what are ratings used for", "chats" },
        { "where do I find my old chats", "chats" },
        { "how do I delete a chat", "chats" },
        { "can I stop an answer halfway", "chats" },
        { "can I send a picture in a message", "chats" },
        { "how do I get back to an old branch", "chats" },
        { "how do I start a new line in my message", "chats" },
        { "where do I upload files", "documents" },
        { "Can I upload Word files?", "documents" },
        { "which file types can I upload", "documents" },
        { "do you cite your sources?", "documents" },
        { "can scanned pages be read", "documents" },
        { "where do I see what a minion remembers about me", "memories" },
        { "how can I delete a memory", "memories" },
        { "do other minions see my memories?", "memories" },
        { "how can I see what you remember", "memories" },
        { "how many rows do I need to train a minion", "teaching-a-minion" },
        { "how long will a training take", "teaching-a-minion" },
        { "What if a version gets worse after training?", "teaching-a-minion" },
        { "how do I go back to an older version", "teaching-a-minion" },
        { "do my chats get used for training without my consent", "teaching-a-minion" },
        { "can I make a dataset from an Excel spreadsheet", "teaching-a-minion" },
        { "can I train at night", "teaching-a-minion" },
        { "How do I train my minion?", "teaching-a-minion" },
        { "how can I train you", "teaching-a-minion" },
        { "how do I assign a task to a minion", "work" },
        { "who accepts the work on a task", "work" },
        { "do minions play scenarios already?", "work" },
        { "how does a capability go up", "work" },
        { "how do I call you from my own script", "other-programs" },
        { "can I put my minion on my website", "other-programs" },
        { "how do I revoke the key of a minion", "other-programs" },
        { "What if I forgot my password?", "your-account" },
        { "how do I change my own e-mail address", "your-account" },
        { "how do I delete my account", "your-account" },
        { "how can I make the font bigger", "your-account" },
        { "How do I change my password?", "your-account" },
        { "can he read my chats", "other-people" },
        { "how do I invite a friend", "other-people" },
        { "who may sign up here", "other-people" },
        { "can I share a minion with a colleague", "other-people" },
        { "is any of it encrypted", "your-data" },
        { "where is my data stored", "your-data" },
        { "how do I back up everything", "your-data" },
        { "how do I export all my data", "your-data" },
        { "what is sent to the provider", "your-data" },
        { "What is a citizen?", "words" },
        { "what's a dataset", "words" },
        { "And what does GGUF mean?", "words" },
        { "what are capabilities?", "words" },
        { "Explain quantization, please.", "words" },
        { "What is a minion?", "words" },
        { "what is memory", "words" },
        { "Can you tell me what LoRA is?", "words" },
        { "What exactly is a trait?", "words" },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public void A_question_about_Republic_is_answered_by_its_section(string question, string anchor)
    {
        var answers = HelpAnswers.To(question);

        Assert.InRange(answers.Count, 1, 2);
        Assert.Equal($"/help/first-steps#{anchor}", answers[0].Section.Address);
        Assert.All(answers, answer => Assert.InRange(answer.Fit, 0.5, 1.0001));
    }

    [Theory]
    [InlineData("How do I make a minion?", "press New minion")]
    [InlineData("how can I delete a memory", "press Change and Forget")]
    [InlineData("how do I delete my account", "press Delete account")]
    [InlineData("how do I change your name", "another Display name")]
    [InlineData("how do I change my own name", "your own name")]
    [InlineData("Can you tell me what LoRA is?", "a few new weights")]
    [InlineData("how do I switch to a smarter model", "choose another provider and model")]
    [InlineData("how can I make the font bigger", "zoom in")]
    public void The_best_sentence_says_what_was_asked(string question, string words) =>
        Assert.Contains(words, HelpAnswers.To(question)[0].Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("What is a minion?", "minion: ")]
    [InlineData("What are tasks?", "task: ")]
    [InlineData("what's a scenario", "scenario: ")]
    [InlineData("What does dataset mean?", "dataset: ")]
    [InlineData("so what is a citizen then?", "citizen: ")]
    [InlineData("What exactly is XP?", "XP: ")]
    [InlineData("Please explain: system prompt", "system prompt: ")]
    public void A_word_is_answered_by_its_row_alone(string question, string row) =>
        Assert.StartsWith(row, Assert.Single(HelpAnswers.To(question)).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("Who are you?")]
    [InlineData("What is your name?")]
    [InlineData("What model are you?")]
    [InlineData("What can you help me with?")]
    [InlineData("What time is it?")]
    [InlineData("Good morning, how was your day?")]
    [InlineData("Tell me a joke about a model")]
    [InlineData("Write a poem about a key")]
    [InlineData("Do you like chats?")]
    [InlineData("What is the capital of France?")]
    [InlineData("How long is the warranty of the Kestrel lamp?")]
    [InlineData("what do you do all day")]
    [InlineData("my boss yelled at me")]
    [InlineData("write me a poem about a key")]
    [InlineData("I lost my key at the station")]
    [InlineData("My picture fell off the wall")]
    [InlineData("what is my name")]
    [InlineData("what was my cousin's name")]
    [InlineData("what do I teach for a living")]
    [InlineData("do you remember my birthday?")]
    [InlineData("can you keep a secret")]
    [InlineData("tell me a story about a dragon and its budget")]
    [InlineData("Which documents do I need to get married in Spain?")]
    [InlineData("how do I train for a marathon")]
    [InlineData("How do I change a tyre?")]
    [InlineData("what is the best memory of your life")]
    [InlineData("how much does a horse cost")]
    [InlineData("I work in training and development.")]
    [InlineData("the chat with my sister was nice")]
    [InlineData("can you draw a picture of my cat")]
    [InlineData("Translate \"where is the key\" into French")]
    [InlineData("how do I delete a word from my vocabulary")]
    [InlineData("where is the key to my flat")]
    [InlineData("Do you dream?")]
    [InlineData("can you help me with a letter")]
    [InlineData("what does love mean")]
    [InlineData("How old are you?")]
    [InlineData("Remember that my dataset is called Ferns.")]
    [InlineData("Remember my name please")]
    [InlineData("what do you think about training?")]
    [InlineData("Is it raining?")]
    [InlineData("Is it far from here?")]
    [InlineData("what is correct in this sentence: he go home")]
    public void Small_talk_and_other_subjects_are_left_to_the_model(string question) => Assert.Empty(HelpAnswers.To(question));

    [Theory]
    [InlineData("How do I switch a tool off?", true)]
    [InlineData("My tool broke.", false)]
    public void A_question_about_tools_is_one_about_Republic(string question, bool isOne) =>
        Assert.Equal(isOne, HelpSubjects.AreIn(question));

    [Theory]
    [InlineData("How do I change your picture?", "and your name too?", "rename a minion")]
    [InlineData("how can I see what you remember", "and delete some of it?", "delete a memory")]
    [InlineData("What is a version?", "how do I go back to an old one?", "go back to an old version")]
    public void A_question_leans_on_the_one_before_it(string before, string question, string words) =>
        Assert.Contains(words, HelpAnswers.To($"{before}\n{question}")[0].Text, StringComparison.Ordinal);

    [Fact]
    public void All_that_answers_is_a_whole_sentence_without_code() =>
        Assert.All(
            HelpPages.FirstSteps.Sections.SelectMany(HelpSentence.Of).Where(sentence => !sentence.IsMeaning),
            sentence =>
            {
                Assert.InRange(sentence.Text.Length, 10, 300);
                Assert.True(char.IsUpper(sentence.Text.TrimStart('“')[0]) && sentence.Text[^1] is '.' or '?', sentence.Text);
                Assert.DoesNotContain("/api", sentence.Text, StringComparison.Ordinal);
                Assert.DoesNotContain('_', sentence.Text);
            }
        );
}
