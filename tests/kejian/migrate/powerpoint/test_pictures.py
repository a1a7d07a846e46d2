"""Pictures become files, each once."""

from kejian.migrate.powerpoint.pictures import PictureFiles


def test_pictures_have_the_numbers_of_their_slides():
    found = PictureFiles("slides/a talk.pptx")
    assert found.add(2, "image/png", b"a") == "../assets/a-talk/2-1.png"
    assert found.add(2, "image/jpeg", b"b") == "../assets/a-talk/2-2.jpg"
    assert found.add(3, "image/png", b"a") == "../assets/a-talk/2-1.png"
    assert found.files == {"assets/a-talk/2-1.png": b"a", "assets/a-talk/2-2.jpg": b"b"}


def test_a_deck_beside_the_assets():
    assert PictureFiles("讲.pptx").add(1, "image/png", b"a") == "assets/%E8%AE%B2/1-1.png"


def test_what_no_browser_shows_is_no_file():
    found = PictureFiles("talk.pptx")
    assert (found.add(1, "image/x-emf", b"a"), found.files) == ("", {})
